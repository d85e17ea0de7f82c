import { type Authenticator, openAuthenticator } from '../access/authenticator.ts';
import { keyFileStamp } from '../access/key-file.ts';
import type { Config } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { keysFile } from './keys-file.ts';

/**
 * Who is let in.
 * @throws HypersceneError BAD_KEY_FILE, UNREADABLE_FILE; BAD_CONFIG also for a file that is named and not there: nobody is let
 *   in by a slip of the pen
 */
export const openAuthentication = async (config: Config): Promise<Authenticator> => {
  const { access, workspace } = config;
  const path = keysFile(config);
  const isThere = (await keyFileStamp(path)) !== null;
  if (!isThere && access.keysFile !== null)
    throw new HypersceneError('BAD_CONFIG', 'bad HYPERSCENE_KEYS_FILE', {
      expected: 'a file that is there',
      came: JSON.stringify(path),
    });
  return openAuthenticator({ keysFile: isThere ? path : null, webTokens: access.webTokens, workspace });
};
