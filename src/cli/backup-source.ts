/** The text of a backup, given to `write`; `onScenes` is told how many scenes are done of how many. */
export interface BackupSource {
  produce(
    write: (text: string) => Promise<void>,
    onScenes: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  close(): Promise<void>;
}
