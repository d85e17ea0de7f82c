/** graphql-js finds the type of an object of an interface or a union by `__typename`. */
export const typed = <Name extends string, T extends object>(
  __typename: Name,
  record: T,
): T & { readonly __typename: Name } => ({ ...record, __typename });
