import { keepCompiledCode } from './compiled-code.ts'
import { outliveReaders } from './unread-output.ts'

outliveReaders()
// The rest is imported only now: what was imported before this line would be compiled anew at every start.
keepCompiledCode(process.env['JIELI_DATA'])
await import('./start-house.ts')
