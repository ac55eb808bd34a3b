import { join } from 'node:path'
import {
  handOutHead,
  headLine,
  headsFile,
  inclusionProof,
  consistencyProof,
  growAuditTree,
  latestHead,
  leafOf,
  readHashes,
  readHeads,
  verifyAudit,
  type AuditFault,
} from '../../platform/audit-tree/index.ts'
import type { Config } from '../../platform/config.ts'
import { openKeyRoom } from '../../platform/crypto/index.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { Database } from '../../platform/database/pool.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

/** The folder that heads of the audit tree are handed to. */
export const auditHeadsFolder = (config: Pick<Config, 'auditHeads' | 'dataFolder'>): string =>
  config.auditHeads ?? join(config.dataFolder, 'audit-heads')

type Asked = {
  readonly act: string | undefined
  readonly of: string | undefined
  readonly heads: string | undefined
  readonly asJson: boolean
}

const FAULTS: Readonly<Record<AuditFault['kind'], { readonly zh: string; readonly en: string }>> = {
  edited: { zh: '内容被改', en: 'was edited' },
  removed: { zh: '被删除', en: 'was removed' },
  inserted: { zh: '之后被插入一行', en: 'has a row put in behind it' },
  moved: { zh: '顺序被调换', en: 'changed its place' },
  cut: { zh: '起的尾部被截断', en: 'on: the tail was cut off' },
  rewritten: { zh: '起与已签发的树根不符', en: 'on: not what the signed head says' },
  unsigned: { zh: '处的树根签名无效', en: 'has a head whose signature does not hold' },
}

const sentence = ({ kind, n, until, id }: AuditFault): string => {
  const where = until === undefined ? `${n}` : `${n}–${until}`
  return `第 ${where} 条${FAULTS[kind].zh}${id ? `(${id})` : ''}。 Row ${where} ${FAULTS[kind].en}.`
}

/**
 * `jieli audit head | verify | prove <id or size>`: signs and shows the newest head, reads the whole audit again, or shows by a few
 * hashes that a row, or an earlier head, stands in it.
 * @throws CliRefusal for anything else, and for a row that is not in the tree.
 */
export const auditCommand = async (config: Config, asked: Asked, print: (line: string) => void): Promise<void> => {
  const room = await openKeyRoom(config)
  switch (asked.act) {
    case 'head':
      return withOperatorDatabase(config, async (database) => {
        await growAuditTree(database, room)
        await handOutHead(database, auditHeadsFolder(config))
        const head = await latestHead(asSystem(database))
        print(head ? headLine(head) : '审计还没有记录。 The audit holds no row yet.')
      })
    case 'verify':
      return withOperatorDatabase(config, async (database) => {
        const file = asked.heads ?? headsFile(auditHeadsFolder(config))
        const found = await verifyAudit(database, room, await readHeads(file))
        if (asked.asJson) print(JSON.stringify(found))
        else {
          for (const fault of found.faults) print(sentence(fault))
          print(
            `已核对 ${found.rows} 条、${found.heads} 个树根、库外 ${found.outside} 个:${found.faults.length === 0 ? '完好' : `${found.faults.length} 处异常`}。 ${found.rows} rows, ${found.heads} heads and ${found.outside} from outside were compared: ${found.faults.length === 0 ? 'whole' : `${found.faults.length} fault(s)`}.`,
          )
        }
        if (found.faults.length > 0) process.exitCode = 1
      })
    case 'prove':
      return withOperatorDatabase(config, async (database) => print(JSON.stringify(await proofOf(database, asked.of ?? ''))))
    default:
      throw new CliRefusal({
        zh: '用法:npx jieli audit head、audit verify [--file 库外树根文件]、audit prove <记录编号或较早的条数>。',
        en: 'Write npx jieli audit head, audit verify [--file heads from outside], or audit prove <id of a row, or an earlier size>.',
      })
  }
}

const proofOf = async (database: Database, of: string): Promise<object> => {
  const system = asSystem(database)
  const head = await latestHead(system)
  const read = readHashes(system)
  const hex = (hashes: readonly Buffer[]): string[] => hashes.map((one) => one.toString('hex'))
  if (head && /^[1-9]\d{0,14}$/.test(of) && Number(of) <= head.size)
    return {
      earlier: Number(of),
      size: head.size,
      root: head.root.toString('hex'),
      consistency: hex(await consistencyProof(read, Number(of), head.size)),
    }
  const leaf = /^[0-9a-f-]{36}$/i.test(of) ? await leafOf(system, of) : null
  if (!head || !leaf || leaf.n > head.size)
    throw new CliRefusal({
      zh: '审计树里没有这条记录。新记录在一分钟内入树;编号见“谁看过我”或审计表。',
      en: 'The tree holds no such row. A new one enters it within a minute.',
    })
  const proof = await inclusionProof(read, leaf.n - 1, head.size)
  return { n: leaf.n, size: head.size, root: head.root.toString('hex'), leaf: leaf.hash.toString('hex'), inclusion: hex(proof) }
}
