/** What a request came with. */
export type Credentials =
  | { readonly type: 'none' }
  | { readonly type: 'bearer'; readonly secret: string }
  /** A header that is none of the forms below. */
  | { readonly type: 'unreadable' };

/** Longer than any key and any token that is not made to cost time. */
const SECRET_LENGTH_MAX = 8192;

/**
 * Reads an `Authorization` header: `Bearer` with a key or a token, or `Basic` with it as the password, which is how a
 * browser asks a person for one (RFC 6750, RFC 7617).
 */
export const readAuthorization = (header: string | undefined): Credentials => {
  if (header === undefined || header === '') return { type: 'none' };
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/u.exec(header.slice(0, SECRET_LENGTH_MAX + 16)) ?? [];
  if (value === '' || value.length > SECRET_LENGTH_MAX) return { type: 'unreadable' };
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return { type: 'bearer', secret: value };
    case 'basic': {
      const [, password = ''] = /^[^:]*:(.+)$/su.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
      return password === '' ? { type: 'unreadable' } : { type: 'bearer', secret: password };
    }
    default:
      return { type: 'unreadable' };
  }
};
