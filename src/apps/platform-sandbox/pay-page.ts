import type { Cash } from './wallet.ts'
import { yuanText } from './wallet.ts'

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;margin:0;background:#eef1f6;color:#1b2430}header{background:#1f4fa3;color:#fff;padding:.75rem 1rem}
h1{font-size:1.15rem;margin:0}main{padding:1rem;max-width:30rem;margin:auto}p{margin:.25rem 0}.sum{font-size:2.5rem;font-weight:700;margin:.5rem 0}
button{font:inherit;font-weight:700;min-height:52px;width:100%;border:0;border-radius:10px;background:#1f4fa3;color:#fff}`
const APPS: Readonly<Record<string, string>> = { wechat: '微信支付(沙盒) WeChat-like', alipay: '支付宝(沙盒) Alipay-like' }
const SAYS: Readonly<Record<Cash['state'], string>> = {
  waiting: '待支付 waiting',
  paid: '已支付,可返回就诊页面 Paid; you may go back',
  closed: '订单已关闭 This order is closed',
}

/** The one page of the sandbox's wallet: an amount and a button. No script, nothing of the person. */
export const payPage = (
  cash: Cash,
): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>支付沙盒</title><style>${STYLE}</style></head><body><header><h1>支付沙盒 · payment sandbox(不是真实支付 no real payment)</h1></header>
<main><p>${APPS[cash.app] ?? ''}</p><p class="sum">¥ ${yuanText(cash.fen)}</p><p>${SAYS[cash.state]}</p>
${cash.state === 'waiting' ? '<form method="post"><button>确认支付 Pay</button></form>' : ''}</main></body></html>`
