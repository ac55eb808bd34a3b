import { readFileSync } from 'node:fs'

import { renderPdf } from '../../../platform/pdf/typst.ts'
import { consentPanel, type ConsentForm } from './consent-panel.ts'
import { receiptPanel, referralPanel, referralStub, returnPanel, returnStub } from './slip-panels.ts'
import { sheet, type Sheet } from './slip-sheet.ts'
import type { Receipt, ReferralSlip, ReturnSlip } from './slip-types.ts'

const template = readFileSync(new URL('slip.typ', import.meta.url), 'utf8')

/** The PDF document of a sheet, before it is drawn. */
const draw = (data: Sheet): Uint8Array => renderPdf({ template, data })

/**
 * 双向转诊（转出）单 with its stub above a dashed cut line: A4 portrait PDF, one page, more when a text is long.
 * @source 国家基本公共卫生服务规范（第三版） 附件 双向转诊单
 */
export const renderReferralSlip = (slip: ReferralSlip): Uint8Array =>
  draw(sheet(slip, slip.resident.name, referralStub(slip), referralPanel(slip)))

/**
 * 双向转诊（回转）单 with its stub above a dashed cut line: A4 portrait PDF, one page, more when a text is long.
 * @source 国家基本公共卫生服务规范（第三版） 附件 双向转诊单
 */
export const renderReturnSlip = (slip: ReturnSlip): Uint8Array =>
  draw(sheet(slip, slip.resident.name, returnStub(slip), returnPanel(slip)))

/** 转诊回执: the receiver's answer and the progress since, without a stub. */
export const renderReceipt = (receipt: Receipt): Uint8Array =>
  draw(sheet(receipt, receipt.resident.name, null, receiptPanel(receipt)))

/** 双向转诊知情同意书: A4 portrait PDF, to be signed, or filled in with what was agreed or refused. */
export const renderConsentForm = (form: ConsentForm): Uint8Array =>
  draw(sheet(form, form.resident.name, null, consentPanel(form)))
