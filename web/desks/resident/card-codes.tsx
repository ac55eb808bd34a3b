import { useEffect, useRef, useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Holder } from './card-page.tsx'
import { cardWords } from './card-words.ts'
import { useInstitution } from './institution.ts'
import { QrCode } from './qr-code.tsx'

type Code = Commands['health-card.show-code']['answer']

/** Minutes and seconds that are left, `2:07`. */
const leftOf = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1_000)).padStart(2, '0')}`

/** The two codes of a card: who one is, and the one that counts once. */
export const CardCodes = ({ holder, text }: { holder: Holder; text: string | null }) => {
  const words = useWordsOf(cardWords)
  const pick = usePick()
  const name = pick(holder.name)
  const [shown, setShown] = useState<'static' | 'dynamic'>('static')
  const [code, setCode] = useState<Code | null>(null)
  return (
    <Card title={name} aside={<span className="soft small">{words.title}</span>} held>
      <div className="stack">
        <Tabs
          label={words.codes}
          tabs={[
            { key: 'static', label: words.static },
            { key: 'dynamic', label: words.dynamic },
          ]}
          shown={shown}
          onShow={setShown}
        >
          {shown === 'static' && (
            <div className="card-code">
              {text !== null && <QrCode text={text} label={words.staticLabel(name)} />}
              <p>{words.staticWhy}</p>
              <p className="soft small">{words.keepHere}</p>
            </div>
          )}
          {shown === 'dynamic' && <Dynamic person={holder.person} name={name} code={code} onCode={setCode} />}
        </Tabs>
      </div>
    </Card>
  )
}

const Dynamic = ({
  person,
  name,
  code,
  onCode,
}: {
  person: string
  name: string
  code: Code | null
  onCode: (code: Code) => void
}) => {
  const words = useWordsOf(cardWords)
  const now = useServerNow()
  const show = useCommand('health-card.show-code')
  const { data } = useApi('health-card.uses', { person })
  const used = code === null ? undefined : data?.uses.find(({ at, shown }) => shown === 'dynamic' && at >= code.madeAt)
  const left = code === null ? 0 : Date.parse(code.expiresAt) - now
  const place = useRef<HTMLDivElement>(null)
  // With large type the code would stand below the edge, and it is what is held out to the scanner.
  useEffect(() => {
    if (code !== null) place.current?.scrollIntoView({ block: 'center' })
  }, [code])
  const make = () => show.mutate({ person }, { onSuccess: onCode })
  const isGood = code !== null && used === undefined && left > 0
  return (
    <div className="card-code">
      <div ref={place}>{isGood && <QrCode text={code.text} label={words.dynamicLabel(name)} />}</div>
      {isGood && (
        <p className="card-left" role="timer" aria-live="off">
          <Icon name="clock" /> <span className="figures">{words.left(leftOf(left))}</span>
        </p>
      )}
      {used !== undefined && <Used use={used} />}
      {code !== null && used === undefined && left <= 0 && (
        <output className="card-over">
          <strong className="big-line">{words.over}</strong>
          <span>{words.overWhy}</span>
        </output>
      )}
      <p>{words.dynamicWhy}</p>
      {show.error !== null && <ErrorNote error={show.error} />}
      <Button tone={isGood ? 'plain' : 'primary'} wide busy={show.isPending} onClick={make}>
        {code === null ? words.show : words.renew}
      </Button>
    </div>
  )
}

type Use = { org: string | null; by: string; scene: keyof typeof cardWords.zh.scenes }

/** Where something was scanned, in words: the institution, or the app where none stands behind it. */
export const useWhere = ({ org, by }: Pick<Use, 'org' | 'by'>): string => {
  const pick = usePick()
  const { data } = useInstitution(org)
  return data === undefined ? by : pick(data.institution.name)
}

const Used = ({ use }: { use: Use }) => {
  const words = useWordsOf(cardWords)
  return (
    <output className="card-used">
      <Icon name="check" />
      <strong className="big-line">{words.used}</strong>
      <span>{words.usedAt(useWhere(use), words.scenes[use.scene])}</span>
    </output>
  )
}
