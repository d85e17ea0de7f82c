/**
 * 1 for what stands in a single scene, 0 for what stands in all: inverse document frequency (Spärck Jones 1972) on a
 * scale from 0 to 1, so that «Анна» counts less in *Anna Karenina* than «метель».
 */
export const rarity = (count: number, scenes: number): number => {
  if (scenes <= 1) return 1;
  const held = Math.min(Math.max(count, 1), scenes);
  return Math.log(scenes / held) / Math.log(scenes);
};
