import { serverNow } from '../../api/server-clock.ts'
import type { Commands } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { instantOfLocal, localOf } from './clock-times.ts'
import type { ChannelKey } from './channel-icon.tsx'
import { useGreenWords } from './words.ts'

type StartInput = Commands['green-channel.start']['input']

const vitalNames = ['systolic', 'diastolic', 'heartRate', 'oxygen', 'glucose', 'coma'] as const
const onsetKeys = ['now', 'm30', 'h1', 'h3', 'other', 'well', 'unknown'] as const
type OnsetKey = (typeof onsetKeys)[number]
const minuteMs = 60_000
/** How long ago the quick answers mean. */
const agoMinutes: Partial<Record<OnsetKey, number>> = { now: 0, m30: 30, h1: 60, h3: 180 }

/** What is typed before a start; every part of it may be left out. */
export type StartDraft = {
  onset: OnsetKey
  /** What the time control holds, for an exact time or last seen well. */
  local: string
  vitals: Partial<Record<(typeof vitalNames)[number], string>>
  finding: string
  stElevation: boolean
  sex: 'male' | 'female' | 'unknown'
  about: string
}
export const emptyDraft: StartDraft = {
  onset: 'unknown',
  local: '',
  vitals: {},
  finding: '',
  stElevation: false,
  sex: 'unknown',
  about: '',
}

/** The onset at the moment `now`; an answer without its time says that nobody knows. */
const onsetOf = ({ onset, local }: StartDraft, now: number): NonNullable<StartInput['onset']> => {
  const ago = agoMinutes[onset]
  if (ago !== undefined) return { kind: 'known', at: new Date(now - ago * minuteMs).toISOString() }
  const at = instantOfLocal(local)
  if (at === null || onset === 'unknown') return { kind: 'unknown' }
  return { kind: onset === 'well' ? 'last-seen-well' : 'known', at }
}

const figure = (text: string | undefined): number | null => {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : null
}

/** The command that a draft comes to at the moment of the press; `person` is null for somebody unknown. */
export const startBody = (
  channel: ChannelKey,
  person: string | null,
  draft: StartDraft,
  now: number = serverNow(),
): StartInput => {
  const vitals = Object.fromEntries(
    vitalNames.flatMap((name) => (figure(draft.vitals[name]) === null ? [] : [[name, figure(draft.vitals[name])]])),
  )
  const hasEcg = draft.stElevation || draft.finding.trim() !== ''
  return {
    channel,
    ...(person === null
      ? { unknown: { sex: draft.sex, about: draft.about.trim() === '' ? null : draft.about.trim() } }
      : { person }),
    onset: onsetOf(draft, now),
    vitals,
    ...(hasEcg
      ? { ecg: { stElevation: draft.stElevation, finding: draft.finding.trim() === '' ? null : draft.finding.trim() } }
      : {}),
    occurredAt: new Date(now).toISOString(),
  }
}

type Props = { draft: StartDraft; change: (part: Partial<StartDraft>) => void }

/** When it began, in one tap where one suffices. */
export const OnsetFields = ({ draft, change }: Props) => {
  const { start: words } = useGreenWords()
  return (
    <div className="stack tight">
      <fieldset className="onset-choices">
        <legend>{words.onset}</legend>
        {onsetKeys.map((key) => (
          <Button
            key={key}
            small
            aria-pressed={draft.onset === key}
            tone={draft.onset === key ? 'primary' : 'plain'}
            onClick={() => change({ onset: key })}
          >
            {words.onsets[key]}
          </Button>
        ))}
      </fieldset>
      {(draft.onset === 'other' || draft.onset === 'well') && (
        <TextField
          type="datetime-local"
          label={draft.onset === 'well' ? words.wellAt : words.onsetAt}
          max={localOf(serverNow())}
          value={draft.local}
          onChange={(local) => change({ local })}
        />
      )}
    </div>
  )
}

/** The few figures and what the ECG shows; folded away, because nothing of it holds up the start. */
export const MoreFields = ({ draft, change }: Props) => {
  const words = useGreenWords()
  return (
    <details className="reasons">
      <summary>{words.start.more}</summary>
      <div className="stack tight">
        <div className="vital-fields">
          {vitalNames.map((name) => (
            <TextField
              key={name}
              label={words.vital[name]}
              inputMode="decimal"
              value={draft.vitals[name] ?? ''}
              onChange={(value) => change({ vitals: { ...draft.vitals, [name]: value } })}
            />
          ))}
        </div>
        <Checkbox label={words.stElevation} checked={draft.stElevation} onChange={(stElevation) => change({ stElevation })} />
        <TextField
          label={words.start.ecgFinding}
          hint={words.start.ecgHint}
          maxLength={300}
          value={draft.finding}
          onChange={(finding) => change({ finding })}
        />
      </div>
    </details>
  )
}

/** What can be said of somebody whom nobody knows. */
export const UnknownFields = ({ draft, change }: Props) => {
  const { start: words } = useGreenWords()
  return (
    <div className="stack tight">
      <p className="soft">{words.unknownWhy}</p>
      <fieldset className="onset-choices">
        <legend>{words.sex}</legend>
        {(['male', 'female', 'unknown'] as const).map((value) => (
          <Button
            key={value}
            small
            aria-pressed={draft.sex === value}
            tone={draft.sex === value ? 'primary' : 'plain'}
            onClick={() => change({ sex: value })}
          >
            {words.sexes[value]}
          </Button>
        ))}
      </fieldset>
      <TextField
        label={words.about}
        hint={words.aboutHint}
        maxLength={100}
        value={draft.about}
        onChange={(about) => change({ about })}
      />
    </div>
  )
}
