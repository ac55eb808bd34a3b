import { join, resolve } from 'node:path'
import { keepPasswords } from './passwords.ts'
import { urlOf } from './roles.ts'

/** `jieli_owner` on the embedded database of a data folder whose server listens on a port. */
export const ownerUrlOf = (dataFolder: string, port: number): string =>
  urlOf('jieli_owner', keepPasswords(join(resolve(dataFolder), 'postgres')).owner, port, 'jieli')
