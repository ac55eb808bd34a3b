import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { useLanguage, usePick, useWordsOf } from '../words/language.tsx'
import {
  bodyPartByKey,
  bodyParts,
  feelingKeys,
  feelingWords,
  type BodyPart,
  type FeelingKey,
  type PartKey,
  type Side,
  type Spot,
} from './body-parts.ts'
import type { FindEntry } from './find-entry.ts'
import { findWords } from './find-words.ts'

export type Figure = 'man' | 'woman' | 'child'
type Touched = FindEntry['parts']

/** Outlines of one half, mirrored at x = 100; shoulders, waist and hips make the difference. */
const outlines: Record<Figure, string> = {
  man: 'M100 82 L118 84 Q150 86 156 104 L170 190 L172 216 L156 218 L150 190 L140 130 L136 190 L138 225 L134 300 L130 372 L140 390 L108 392 L106 300 L100 232',
  woman:
    'M100 82 L114 84 Q144 88 150 106 L166 190 L168 216 L154 218 L147 190 L134 136 L126 162 L142 212 L140 240 L132 302 L128 372 L138 390 L108 392 L106 300 L100 238',
  child:
    'M100 82 L115 84 Q146 88 152 106 L168 186 L170 212 L155 214 L148 186 L137 134 L136 190 L137 222 L134 300 L131 372 L141 390 L108 392 L107 300 L100 234',
}

const Outline = ({ figure }: { figure: Figure }) => {
  const head = figure === 'child' ? { rx: 30, ry: 34 } : { rx: 24, ry: 30 }
  return (
    <g className="body-outline">
      {figure === 'woman' && <path d="M74 44 Q70 8 100 6 Q130 8 126 44 L130 78 L70 78 Z" className="body-hair" />}
      <rect x="90" y="62" width="20" height="26" />
      <path d={outlines[figure]} />
      <path d={outlines[figure]} transform="matrix(-1 0 0 1 200 0)" />
      <ellipse cx="100" cy="40" rx={head.rx} ry={head.ry} />
    </g>
  )
}

const spotsOf = (part: BodyPart, side: Side): readonly Spot[] => part[side] ?? []

type PictureProps = { figure: Figure; side: Side; touched: Touched; onTouch: (part: PartKey) => void }

/** For eyes and fingers only: the list of names beside it does the same for keys and screen readers. */
const Picture = ({ figure, side, touched, onTouch }: PictureProps) => (
  <svg className="body-picture" viewBox="20 0 160 400" aria-hidden="true" focusable="false">
    <Outline figure={figure} />
    {bodyParts.flatMap((part) =>
      spotsOf(part, side).map(([cx, cy, rx, ry]) => (
        <ellipse
          key={`${part.key}-${cx}`}
          className={part.key in touched ? 'body-spot touched' : 'body-spot'}
          data-part={part.key}
          cx={cx}
          cy={cy}
          rx={rx}
          ry={ry}
          onClick={() => onTouch(part.key)}
        />
      )),
    )}
  </svg>
)

/** Touching where it troubles: a picture and, doing the same, the names of the parts; each touched part says how it feels. */
export const BodyPicture = ({
  figure: given,
  parts,
  onChange,
}: {
  figure: Figure
  parts: Touched
  onChange: (parts: Touched) => void
}) => {
  const words = useWordsOf(findWords)
  const [chosen, setFigure] = useState<Figure | null>(null)
  const figure = chosen ?? given
  const [side, setSide] = useState<Side>('front')
  const touch = (part: PartKey) => {
    const { [part]: before, ...others } = parts
    onChange(before === undefined ? { ...parts, [part]: [] } : others)
  }
  return (
    <div className="stack">
      <div className="along">
        <Chooser label={words.sides} choices={{ front: words.front, back: words.back }} chosen={side} onChoose={setSide} />
        <Chooser label={words.figure} choices={words.figures} chosen={figure} onChoose={setFigure} />
      </div>
      <p className="field-hint">{words.partsHint}</p>
      <div className="body-and-list">
        <Picture figure={figure} side={side} touched={parts} onTouch={touch} />
        <PartNames parts={parts} onTouch={touch} />
      </div>
      {(Object.keys(parts) as PartKey[]).map((part) => (
        <Feelings
          key={part}
          part={part}
          feelings={parts[part] ?? []}
          onChange={(feelings) => onChange({ ...parts, [part]: feelings })}
        />
      ))}
    </div>
  )
}

const Chooser = <K extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: {
  label: string
  choices: Record<K, string>
  chosen: K
  onChoose: (key: K) => void
}) => (
  <fieldset className="state-choice" aria-label={label}>
    {(Object.entries(choices) as [K, string][]).map(([key, name]) => (
      <Button
        key={key}
        small
        tone={key === chosen ? 'primary' : 'plain'}
        aria-pressed={key === chosen}
        onClick={() => onChoose(key)}
      >
        {name}
      </Button>
    ))}
  </fieldset>
)

const PartNames = ({ parts, onTouch }: { parts: Touched; onTouch: (part: PartKey) => void }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  return (
    <ul className="part-names" aria-label={words.partsList}>
      {bodyParts.map((part) => (
        <li key={part.key}>
          <button type="button" className="part-name" aria-pressed={part.key in parts} onClick={() => onTouch(part.key)}>
            {pick(part)}
          </button>
        </li>
      ))}
    </ul>
  )
}

const Feelings = ({
  part,
  feelings,
  onChange,
}: {
  part: PartKey
  feelings: FeelingKey[]
  onChange: (feelings: FeelingKey[]) => void
}) => {
  const words = useWordsOf(findWords)
  const language = useLanguage()
  const pick = usePick()
  return (
    <fieldset className="choice-group">
      <legend>{words.feels(pick(bodyPartByKey(part)))}</legend>
      <div className="feelings">
        {feelingKeys.map((feeling) => {
          const isOn = feelings.includes(feeling)
          return (
            <button
              key={feeling}
              type="button"
              className="part-name"
              aria-pressed={isOn}
              onClick={() => onChange(isOn ? feelings.filter((one) => one !== feeling) : [...feelings, feeling])}
            >
              {feelingWords[feeling][language]}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}
