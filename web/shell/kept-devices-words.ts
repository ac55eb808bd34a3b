import { useWordsOf, type Words } from '../words/language.tsx'

const zh = {
  own: '可离线工作的设备',
  ownWhy: '这些设备上加密保存着资料。遗失或不再使用时，请停用。',
  institution: '本机构可离线工作的设备',
  region: '全区域可离线工作的设备',
  search: '按账号或设备查找',
  none: '没有登记的设备',
  noneFound: '没有符合条件的设备',
  more: (n: number) => `再看 ${n} 台`,
  seen: (when: string) => `最近使用 ${when}`,
  states: { active: '使用中', revoked: '已停用，等待清除', wiped: '已停用，已清除' },
  revoke: '停用',
  revokeOf: (device: string) => `停用 ${device}`,
  whatOwn: '您的所有登录立即失效，需要重新登录；那台设备下次联网时清除保存的资料，不能撤回。',
  whatOther: '该账号的所有登录立即失效；那台设备下次联网时清除保存的资料，不能撤回。',
  reason: '原因',
  reasonMissing: '请写明原因，至少 2 个字。',
  cancel: '取消',
  revoked: '设备已停用',
}

const en: typeof zh = {
  own: 'Devices for work without a network',
  ownWhy: 'They keep sealed data. Revoke one that is lost or no longer used.',
  institution: 'Offline devices of this institution',
  region: 'Offline devices of the whole region',
  search: 'Find by account or device',
  none: 'No device is registered',
  noneFound: 'No device fits',
  more: (n) => `Show ${n} more`,
  seen: (when) => `last used ${when}`,
  states: { active: 'In use', revoked: 'Revoked, not yet emptied', wiped: 'Revoked and emptied' },
  revoke: 'Revoke',
  revokeOf: (device) => `Revoke ${device}`,
  whatOwn:
    'All your sessions end at once and you sign in anew; that device removes what it keeps at its next contact. This cannot be undone.',
  whatOther:
    'All sessions of that account end at once; the device removes what it keeps at its next contact. This cannot be undone.',
  reason: 'Reason',
  reasonMissing: 'Say why, in at least 2 characters.',
  cancel: 'Cancel',
  revoked: 'The device is revoked',
}

const keptDevicesWords: Words<typeof zh> = { zh, en }

/** Words about devices that keep data for work without a network. */
export const useKeptDevicesWords = (): typeof zh => useWordsOf(keptDevicesWords)
