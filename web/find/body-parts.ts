import type { Named } from '../api/api-types.ts'

/** A spot on the picture, in units of its 200 × 400 field: an ellipse by centre and half axes. */
export type Spot = readonly [x: number, y: number, rx: number, ry: number]
export type Side = 'front' | 'back'

const parts = [
  { key: 'head', say: '头', zh: '头', en: 'Head', front: [[100, 26, 22, 15]], back: [[100, 36, 23, 26]] },
  { key: 'eye', say: '眼睛', zh: '眼睛', en: 'Eyes', front: [[100, 35, 20, 6]] },
  {
    key: 'ear',
    say: '耳朵',
    zh: '耳朵',
    en: 'Ears',
    front: [
      [75, 40, 5, 8],
      [125, 40, 5, 8],
    ],
  },
  { key: 'nose', say: '鼻子', zh: '鼻子', en: 'Nose', front: [[100, 45, 6, 6]] },
  { key: 'mouth', say: '嘴巴', zh: '嘴巴', en: 'Mouth', front: [[100, 57, 10, 5]] },
  { key: 'tooth', say: '牙齿', zh: '牙齿', en: 'Teeth' },
  { key: 'throat', say: '喉咙', zh: '喉咙', en: 'Throat', front: [[100, 74, 12, 8]] },
  { key: 'neck', say: '脖子', zh: '脖子', en: 'Neck', back: [[100, 74, 13, 9]] },
  {
    key: 'shoulder',
    say: '肩膀',
    zh: '肩膀',
    en: 'Shoulders',
    front: [
      [60, 98, 16, 13],
      [140, 98, 16, 13],
    ],
    back: [
      [60, 98, 16, 13],
      [140, 98, 16, 13],
    ],
  },
  { key: 'chest', say: '胸口', zh: '胸口', en: 'Chest', front: [[100, 116, 28, 22]] },
  { key: 'upper-abdomen', say: '上腹部', zh: '上腹（心口窝）', en: 'Upper belly', front: [[100, 153, 27, 14]] },
  { key: 'abdomen', say: '肚子', zh: '肚子', en: 'Belly', front: [[100, 180, 29, 13]] },
  { key: 'lower-abdomen', say: '小肚子', zh: '小肚子', en: 'Lower belly', front: [[100, 207, 30, 13]] },
  { key: 'back', say: '后背', zh: '后背', en: 'Back', back: [[100, 125, 30, 32]] },
  { key: 'waist', say: '腰', zh: '腰', en: 'Lower back', back: [[100, 177, 29, 19]] },
  { key: 'buttock', say: '屁股', zh: '屁股', en: 'Buttocks', back: [[100, 215, 33, 18]] },
  {
    key: 'arm',
    say: '胳膊',
    zh: '胳膊',
    en: 'Arms',
    front: [
      [46, 148, 12, 36],
      [154, 148, 12, 36],
    ],
    back: [
      [46, 148, 12, 36],
      [154, 148, 12, 36],
    ],
  },
  {
    key: 'hand',
    say: '手',
    zh: '手',
    en: 'Hands',
    front: [
      [38, 205, 12, 17],
      [162, 205, 12, 17],
    ],
    back: [
      [38, 205, 12, 17],
      [162, 205, 12, 17],
    ],
  },
  {
    key: 'thigh',
    say: '大腿',
    zh: '大腿',
    en: 'Thighs',
    front: [
      [82, 253, 16, 31],
      [118, 253, 16, 31],
    ],
    back: [
      [82, 262, 16, 27],
      [118, 262, 16, 27],
    ],
  },
  {
    key: 'knee',
    say: '膝盖',
    zh: '膝盖',
    en: 'Knees',
    front: [
      [82, 297, 14, 13],
      [118, 297, 14, 13],
    ],
  },
  {
    key: 'leg',
    say: '小腿',
    zh: '小腿',
    en: 'Lower legs',
    front: [
      [82, 340, 13, 28],
      [118, 340, 13, 28],
    ],
    back: [
      [82, 330, 14, 38],
      [118, 330, 14, 38],
    ],
  },
  {
    key: 'foot',
    say: '脚',
    zh: '脚',
    en: 'Feet',
    front: [
      [78, 383, 17, 12],
      [122, 383, 17, 12],
    ],
    back: [
      [79, 383, 16, 12],
      [121, 383, 16, 12],
    ],
  },
  { key: 'skin', say: '皮肤', zh: '皮肤', en: 'Skin' },
] as const satisfies readonly (Named & { key: string; say: string; front?: readonly Spot[]; back?: readonly Spot[] })[]

export type PartKey = (typeof parts)[number]['key']
export type BodyPart = Named & { key: PartKey; say: string; front?: readonly Spot[]; back?: readonly Spot[] }

/** Parts of the body as people name them; `say` is the word that triage reads. From head to foot. */
export const bodyParts: readonly BodyPart[] = parts

/** A part by its key. */
export const bodyPartByKey = (key: PartKey): BodyPart => bodyParts.find((one) => one.key === key) ?? parts[0]

/** How a part feels: the word that triage reads, and the two names shown. */
export const feelingWords = {
  pain: { say: '疼', zh: '疼', en: 'Hurts' },
  itch: { say: '痒', zh: '痒', en: 'Itches' },
  swelling: { say: '肿了', zh: '肿', en: 'Swollen' },
  numb: { say: '发麻', zh: '发麻', en: 'Numb' },
  weak: { say: '没力气', zh: '没力气', en: 'Weak' },
  lump: { say: '长了包', zh: '长了包', en: 'A lump' },
  rash: { say: '起疹子', zh: '起疹子', en: 'A rash' },
  bleed: { say: '出血', zh: '出血', en: 'Bleeds' },
  broken: { say: '摔伤', zh: '摔了、扭了', en: 'Injured' },
} as const
export type FeelingKey = keyof typeof feelingWords
export const feelingKeys = Object.keys(feelingWords) as FeelingKey[]
