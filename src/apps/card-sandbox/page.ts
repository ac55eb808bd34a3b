import { toString as drawQr } from 'qrcode'

/** What the sandbox shows at the moment: a card that the wallet has, its code, and what the cashier was told last. */
export type Shown = {
  readonly card: string | null
  readonly code: { readonly text: string; readonly validUntil: string } | null
  readonly wallet: string | null
  readonly cashier: string | null
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

// The house's own font, for machines that have none for Chinese.
const STYLE = `@font-face{font-family:"Sandbox SC";src:local("Noto Sans SC"),local("PingFang SC"),local("Microsoft YaHei"),url(/font.ttf);font-display:block}
body{font:16px/1.6 "Sandbox SC",system-ui,sans-serif;margin:0;background:#eef1f6;color:#1b2430}
header{background:#1f4fa3;color:#fff;padding:.75rem 1rem}h1{font-size:1.15rem;margin:0}main{display:grid;gap:1rem;padding:1rem;
grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));max-width:60rem;margin:auto}section{background:#fff;border-radius:12px;padding:1rem}
h2{font-size:1.05rem;margin:0 0 .5rem}label{display:block;font-weight:600}input,select,button{font:inherit;min-height:44px;width:100%;box-sizing:border-box;
margin:.25rem 0 .75rem;border-radius:8px;border:1px solid #7a8699;padding:0 .75rem;background:#fff;color:inherit}button{background:#1f4fa3;color:#fff;border:0;font-weight:700}
svg{display:block;width:100%;max-width:280px;margin:0 auto;background:#fff}code{overflow-wrap:anywhere;font-size:.8rem}output{display:block;background:#eef4ff;border-radius:8px;padding:.5rem .75rem;margin:.5rem 0}`

const STEPS = [
  ['010105', '收费 payment'],
  ['010101', '挂号 registration'],
  ['010102', '诊断 visit'],
  ['010103', '取药 dispensing'],
  ['010104', '检查 examination'],
] as const

/** The sandbox's one page: the payment app at the left, the hospital's cashier at the right. No script. */
export const sandboxPage = async ({ card, code, wallet, cashier }: Shown): Promise<string> => {
  const qr = code ? await drawQr(code.text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }) : ''
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>演示支付 · 健康卡沙盒</title><style>${STYLE}</style></head><body>
<header><h1>健康卡沙盒 · E-health card sandbox(演示,不是真实支付应用 no real payment app)</h1></header><main>
<section aria-labelledby="wallet"><h2 id="wallet">演示支付 App · wallet</h2>
<p>居民先在“健康卡”页面允许“沙盒支付”,再把身份码的文字(或 64 位卡号)填在这里。<br>The person first allows the sandbox on the card page, then gives the text of the identity code here.</p>
<form method="post" action="/link"><label for="card">身份码或卡号 identity code or number</label><input id="card" name="card" required maxlength="400" autocomplete="off" value="${escaped(card ?? '')}"><button>添加健康卡 add the card</button></form>
${card ? '<form method="post" action="/show"><button>出示动态码 show a dynamic code</button></form>' : ''}
${wallet ? `<output>${escaped(wallet)}</output>` : ''}
${code ? `<figure>${qr}<figcaption>有效至 valid until ${escaped(code.validUntil)}<br><code id="code">${escaped(code.text)}</code></figcaption></figure>` : ''}</section>
<section aria-labelledby="cashier"><h2 id="cashier">医院收费窗口 · cashier</h2>
<form method="post" action="/verify"><label for="code-text">扫到的码 scanned code</label><input id="code-text" name="code" required maxlength="400" autocomplete="off">
<label for="step">用卡环节 step</label><select id="step" name="step">${STEPS.map(([value, words]) => `<option value="${value}">${words}</option>`).join('')}</select>
<button>核验 check</button></form>${cashier ? `<output>${escaped(cashier)}</output>` : ''}</section></main></body></html>`
}
