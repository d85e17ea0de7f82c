import { z } from 'zod';

/**
 * A whole number. `z.int()` tells its bounds of ±2⁵³ each time, which costs a model 500 tokens over all tools and says
 * nothing; the API's own bounds are in the descriptions.
 */
export const whole = () => z.number().multipleOf(1).meta({ type: 'integer' });

/** One that the API gave, which needs no check. */
export const count = () => z.number().meta({ type: 'integer' });
