import type { Config } from '../../platform/config.ts'
import { cipherOf } from '../../platform/cipher.ts'
import { openKeyRoom } from '../../platform/crypto/index.ts'
import { attachMissed, reindex } from '../../modules/fhir/index.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

/**
 * `jieli fhir reindex`: draws what stored resources are searched by anew, then lets those join a record whose patient came unnoticed.
 * @throws CliRefusal for anything else
 */
export const fhirCommand = async (
  config: Config,
  { act, asJson }: { readonly act: string | undefined; readonly asJson: boolean },
  print: (line: string) => void,
): Promise<void> => {
  if (act !== 'reindex')
    throw new CliRefusal({
      zh: `fhir 不能“${act ?? ''}”。可用:npx jieli fhir reindex。`,
      en: `fhir cannot “${act ?? ''}”. There is: npx jieli fhir reindex.`,
    })
  const drawing = { cipher: cipherOf(await openKeyRoom(config)), zone: config.zone }
  const { done, joined } = await withOperatorDatabase(config, async (database) => ({
    done: await reindex(database, drawing),
    joined: await attachMissed(database, drawing),
  }))
  if (asJson) return print(JSON.stringify({ ...done, joined }))
  print(
    `${done.wentOn ? '接着上次中断处,' : ''}共核对 ${done.seen} 份资源,重建 ${done.changed} 份的检索值;${joined} 份补挂到后来登记的患者名下。\n` +
      `${done.wentOn ? 'Went on where it broke off: ' : ''}${done.seen} resources looked at, the search values of ${done.changed} drawn anew; ${joined} joined the record of a patient who came later.`,
  )
}
