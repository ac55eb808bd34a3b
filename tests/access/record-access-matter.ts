import { newId, type PersonId } from '../../src/kernel/id.ts'
import { present } from '../../src/kernel/assert.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { TestHouse } from '../harness/house.ts'
import { actor, PLACES, type Stage } from '../harness/stage.ts'

/** What stands about the one person's record: consents given on paper and by hand, an emergency access, a proxy, a look that was asked about, an export. */
export type RecordAccessMatter = {
  readonly consent: string
  readonly paper: string
  readonly emergency: string
  readonly representative: string
  readonly look: { readonly org: string; readonly look: string }
  readonly question: string
  readonly wish: { readonly org: string; readonly export: string }
}

/** Made by the house's own commands. The emergency access is of the ward whose hospital has nothing else to do with the person. */
export const aboutTheRecord = async ({
  house,
  stage,
  person,
  proxy,
}: {
  house: TestHouse
  stage: Stage
  person: PersonId
  proxy: PersonId
}): Promise<RecordAccessMatter> => {
  const resident = actor('resident', null, '本人', person)
  const consent = { person, purpose: 'research', to: PLACES.countyTcm, days: 3 }
  const scan = { mediaType: 'application/pdf', base64: Buffer.from('%PDF-1.4 signed').toString('base64') }
  const paper = { person, purpose: 'commercial-insurance', to: PLACES.countyTcm, days: 3, scan }
  const { consent: given } = await house.done('record-access.give-consent', resident, consent)
  const { consent: signed } = await house.done('record-access.record-paper-consent', stage.familyDoctor, paper)
  const { emergency } = await house.done('record-access.open-emergency', stage.ward, { person, reason: 'unconscious' })
  const proxyOf = { person, by: proxy, kind: 'proxy', document: '授权委托书' }
  const { representative } = await house.done('record-access.register-representative', stage.villageDoctor, proxyOf)
  await house.done('health-record.summary', stage.villageDoctor, { person })
  await house.done('health-record.summary', stage.familyDoctor, { person })
  const looks = await house.database.rows<{ org: string; look: string }>(sql`select org_id as org, id as look from platform.audit
    where person_id = ${person} and form = 'health-record.summary' and outcome = 'done' order by at desc, id desc limit 2`)
  const [asked, free] = [present(looks[0], 'a look'), present(looks[1], 'another look')]
  const { question } = await house.done('record-access.ask-why', resident, { person, ...asked })
  await house.done('record-access.open-sensitive', stage.familyDoctor, { person, reason: '术前评估' })
  const { org, export: wish } = await house.done(
    'record-access.ask-export',
    { ...actor('administrator', null), account: newId() },
    { persons: 100, purpose: '统计', reason: '演示用途' },
  )
  return { consent: given, paper: signed, emergency, representative, look: free, question, wish: { org, export: wish } }
}
