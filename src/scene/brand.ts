declare const brand: unique symbol;

/** A primitive that only its own constructor function may produce. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
