import type { Words } from '../../words/language.tsx'

const zh = {
  referral: '我的转诊',
  bring: '要带什么',
  help: '帮助',
  none: '您现在没有转诊',
  why: '医生为您转诊后，这里会写明去哪里、什么时候去、找谁。',
  bringWhy: '有转诊时，这里会列出要带的证件和资料。平时就医请带身份证或医保卡。',
  helpText: '有疑问请联系您的家庭医生。突发胸痛、呼吸困难、意识不清，请立即拨打 120。',
  call: '拨打 120',
}
type ResidentWords = typeof zh

const en: ResidentWords = {
  referral: 'My referral',
  bring: 'What to bring',
  help: 'Help',
  none: 'You have no referral now',
  why: 'When a doctor refers you, this page says where to go, when, and whom to ask for.',
  bringWhy: 'When you are referred, the papers to bring are listed here. For any visit, bring your ID or insurance card.',
  helpText: 'Ask your family doctor. Sudden chest pain, trouble breathing or confusion: call 120 at once.',
  call: 'Call 120',
}

/** Words of the resident's pages: plain, short, no medical terms. */
export const residentWords: Words<ResidentWords> = { zh, en }
