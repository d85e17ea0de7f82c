/**
 * Scenes that are deleted, or whose couplings are, in one transaction: its memory then hangs on no document and no corpus. On
 * Neo4j a scene that goes takes 21 KiB of it and a coupling 3; with all the 16 couplings a scene has by default, some 140 MiB.
 */
export const PORTION_SCENES = 2000;
