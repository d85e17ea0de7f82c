/** Path of the base model that the tests run on. */
export const baseModel = async (): Promise<string> => '/tmp/smolx/base.gguf';
