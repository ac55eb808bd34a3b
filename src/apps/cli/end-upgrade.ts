import { Client } from 'pg'
import { ENDS } from '../checks/referral-moves.ts'
import type { Config } from '../../platform/config.ts'
import { mustHaveData, withOwnerDatabase } from './owner-database.ts'

/**
 * Ends the time in which a server of the release before may work beside this one; answers whether it was still running. An
 * older server does not know newer ends of a case and may have kept the person's place for one: that is put right here.
 */
export const endUpgrade = async (config: Config): Promise<boolean> => {
  mustHaveData(config)
  return withOwnerDatabase(config, async (ownerUrl) => {
    const client = new Client({ connectionString: ownerUrl })
    await client.connect()
    try {
      const ended = await client.query(`update platform.previous_server set until = '-infinity' where until > now()`)
      await client.query(`delete from referral.open_guard g using referral.referral r
        where r.org_id = g.case_org and r.id = g.referral_id and r.state in (${ENDS})`)
      return ended.rowCount === 1
    } finally {
      await client.end()
    }
  })
}
