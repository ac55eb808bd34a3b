import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

// OWASP's smallest recommended argon2id setting: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456
const PASSES = 2
const TAG_BYTES = 32

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parameters = {
      message: password.normalize('NFKC'),
      nonce: salt,
      parallelism: 1,
      tagLength: TAG_BYTES,
      memory: MEMORY_KIB,
      passes: PASSES,
    }
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** A password as it is stored: algorithm, salt and argon2id tag, never the password. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  return `argon2id$${MEMORY_KIB}$${PASSES}$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

/** Whether a password is the stored one; takes the same time either way. */
export const isPassword = async (password: string, stored: string): Promise<boolean> => {
  const [, , , salt = '', tag = ''] = stored.split('$')
  const expected = Buffer.from(tag, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
