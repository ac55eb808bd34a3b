import { ageText, cell, momentText, sexText, strongCell, wordsText, type Cell, type Panel } from './slip-sheet.ts'
import {
  receiptSteps,
  type Receipt,
  type ReferralSlip,
  type ReturnSlip,
  type SlipFrame,
  type SlipPerson,
  type SlipSignature,
} from './slip-types.ts'
import { answerWords, labels, requests, stepWords, titles } from './slip-words.ts'

const personCells = (person: SlipPerson, language: SlipFrame['language'], nameSpan: number): Cell[] => [
  strongCell(labels.name, person.name, nameSpan),
  cell(labels.sex, sexText(person.sex, language), 2),
  cell(labels.age, ageText(person.age, language), 2),
]

const stubSignature = ({ doctor, signedOn }: SlipSignature): Cell[][] => [
  [cell(labels.referringDoctor, doctor, 8), cell(labels.date, signedOn, 4)],
]

const slipSignature = ({ doctor, phone, institution, signedOn }: SlipSignature): Cell[][] => [
  [cell(labels.referringDoctor, doctor, 8), cell(labels.phone, phone, 4)],
  [cell(labels.institution, institution, 8), cell(labels.date, signedOn, 4)],
]

/** 转出单·存根 */
export const referralStub = (slip: ReferralSlip): Panel => ({
  title: titles.referralStub,
  addressee: null,
  request: null,
  rows: [
    [...personCells(slip.resident, slip.language, 4), cell(labels.recordNumber, slip.resident.recordNumber, 4)],
    [cell(labels.address, slip.resident.address, 8), cell(labels.phone, slip.resident.phone, 4)],
    [cell(labels.toInstitution, slip.toInstitution, 8), cell(labels.toDepartment, slip.toDepartment, 4)],
    [cell(labels.receivingDoctor, slip.receivingDoctor, 8), cell(labels.referredOn, slip.referredOn, 4)],
  ],
  passages: [],
  signature: stubSignature(slip.signature),
  progress: null,
})

/** 双向转诊（转出）单 */
export const referralPanel = (slip: ReferralSlip): Panel => ({
  title: titles.referral,
  addressee: slip.toInstitution,
  request: requests.referral,
  rows: [personCells(slip.resident, slip.language, 8)],
  passages: [
    { label: labels.impression, text: slip.impression },
    { label: labels.presentHistory, text: slip.presentHistory },
    { label: labels.pastHistory, text: slip.pastHistory },
    { label: labels.treatment, text: slip.treatment },
  ],
  signature: slipSignature(slip.signature),
  progress: null,
})

/** 回转单·存根 */
export const returnStub = (slip: ReturnSlip): Panel => ({
  title: titles.returnStub,
  addressee: null,
  request: null,
  rows: [
    [...personCells(slip.resident, slip.language, 4), cell(labels.caseNumber, slip.resident.caseNumber, 4)],
    [cell(labels.address, slip.resident.address, 8), cell(labels.phone, slip.resident.phone, 4)],
    [
      cell(labels.returnedTo, slip.toInstitution, 5),
      cell(labels.receivingDoctor, slip.receivingDoctor, 3),
      cell(labels.returnedOn, slip.returnedOn, 4),
    ],
  ],
  passages: [],
  signature: stubSignature(slip.signature),
  progress: null,
})

/** 双向转诊（回转）单 */
export const returnPanel = (slip: ReturnSlip): Panel => ({
  title: titles.return,
  addressee: slip.toInstitution,
  request: requests.return,
  rows: [[strongCell(labels.name, slip.resident.name, 8), cell(labels.inpatientNumber, slip.inpatientNumber, 4)]],
  passages: [
    { label: labels.diagnosis, text: slip.diagnosis },
    { label: labels.mainResults, text: slip.mainResults },
    { label: labels.treatmentAndPlan, text: slip.treatmentAndPlan },
  ],
  signature: slipSignature(slip.signature),
  progress: null,
})

const reasonCell = (reason: { code: string }): Cell => cell(labels.reasonCode, reason.code, 4)

const answerRows = ({ answer, language, zone }: Receipt): Cell[][] => {
  const result = strongCell(labels.result, wordsText(answerWords[answer.result], language), 8)
  switch (answer.result) {
    case 'accepted': {
      const arriveBefore = answer.arriveBefore === null ? null : momentText(answer.arriveBefore, zone)
      return [
        [result, cell(labels.arriveBefore, arriveBefore, 4)],
        [
          cell(labels.department, answer.department, 4),
          cell(labels.receivingDoctor, answer.doctor, 4),
          cell(labels.place, answer.place, 4),
        ],
      ]
    }
    case 'rejected':
      return [[result, reasonCell(answer.reason)]]
    case 'redirected':
      return [
        [result, reasonCell(answer.reason)],
        [cell(labels.redirectedTo, answer.toInstitution, 8), cell(labels.toDepartment, answer.toDepartment, 4)],
      ]
  }
}

const stepCells = ({ steps, zone }: Receipt): Cell[] =>
  receiptSteps.map((step) => {
    const at = steps[step]
    return cell(stepWords[step], at === undefined ? null : momentText(at, zone), 3)
  })

/** 回执 */
export const receiptPanel = (receipt: Receipt): Panel => ({
  title: titles.receipt,
  addressee: receipt.fromInstitution,
  request: requests.receipt,
  rows: [personCells(receipt.resident, receipt.language, 8), ...answerRows(receipt)],
  passages:
    receipt.answer.result === 'accepted'
      ? []
      : [{ label: labels.reason, text: wordsText(receipt.answer.reason.says, receipt.language) }],
  signature: [
    [cell(labels.answeredBy, receipt.answeredBy.institution, 8), cell(labels.phone, receipt.answeredBy.phone, 4)],
    [
      cell(labels.receivingDoctor, receipt.answeredBy.doctor, 8),
      cell(labels.answeredAt, receipt.answeredAt === null ? null : momentText(receipt.answeredAt, receipt.zone), 4),
    ],
  ],
  progress: { title: titles.progress, cells: stepCells(receipt) },
})
