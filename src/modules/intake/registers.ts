import { z } from 'zod'
import { register } from '../../platform/register.ts'

const sourceBody = z.strictObject({
  facility: z.string().trim().min(1).max(180),
  institution: z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits'),
  system: z.string().trim().max(120).nullish(),
})

/** Which institution a sending facility (MSH-4) is: messages of one that is not here are kept and wait. */
export const sources = register({
  module: 'intake',
  kind: 'source',
  words: { zh: '报文来源', en: 'message source' },
  schema: sourceBody,
  labels: {
    facility: { zh: '发送机构标识(MSH-4)', en: 'Sending facility (MSH-4)' },
    institution: { zh: '机构', en: 'Institution', means: 'institution' },
    system: { zh: '系统名称', en: 'System' },
  },
  keyOf: (body) => body.facility,
  // Whoever could name a source could write into another institution's records: a second person looks.
  by: ['administrator@anyone', 'health-bureau@anyone'],
  readBy: ['administrator@anyone', 'health-bureau@anyone', 'consortium-manager@anyone'],
  fourEyes: true,
  basis: 'S0 加快推动医疗卫生机构与省平台对接',
})
