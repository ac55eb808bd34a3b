import { useState } from 'react'
import type { Queries } from '../api/api-types.ts'
import { useApi } from '../api/use-api.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { TextField } from '../ui/field.tsx'
import { List } from '../ui/list.tsx'
import { formatInstant } from '../ui/time-format.ts'
import { useKeptDevicesWords } from './kept-devices-words.ts'
import { RevokeForm } from './revoke-form.tsx'
import { useActor } from './session.tsx'

type Device = Queries['security.devices']['answer']['devices'][number]

/** Rows of one step, and from how many a search helps. */
const [pageRows, searchFrom] = [8, 6] as const

/** Devices that keep data for work without a network: one's own, and for an administrator all that are looked after. */
export const KeptDevices = () => {
  const words = useKeptDevicesWords()
  const { role, institution } = useActor()
  if (role !== 'administrator') return <OwnDevices />
  return <AllDevices title={institution === null ? words.region : words.institution} />
}

/** Nothing for somebody who has none: most people never work without a network. */
const OwnDevices = () => {
  const words = useKeptDevicesWords()
  const { data, error } = useApi('security.devices', { which: 'own' })
  if (error !== null) return <ErrorNote error={error} />
  if (data === undefined || data.devices.length === 0) return null
  return (
    <>
      <h4>{words.own}</h4>
      <p className="soft small">{words.ownWhy}</p>
      <DeviceList label={words.own} devices={data.devices} isOwn />
    </>
  )
}

const fits = ({ login, label }: Device, text: string): boolean =>
  `${login} ${label}`.toLowerCase().includes(text.trim().toLowerCase())

const AllDevices = ({ title }: { title: string }) => {
  const words = useKeptDevicesWords()
  const { data, error } = useApi('security.devices', { which: 'institution' })
  const [text, setText] = useState('')
  if (error !== null) return <ErrorNote error={error} />
  if (data === undefined) return null
  const found = data.devices.filter((one) => fits(one, text))
  return (
    <>
      <h4>{title}</h4>
      {data.devices.length >= searchFrom && <TextField label={words.search} type="search" value={text} onChange={setText} />}
      {found.length === 0 ? (
        <p className="soft small">{data.devices.length === 0 ? words.none : words.noneFound}</p>
      ) : (
        <DeviceList key={text} label={title} devices={found} isOwn={false} />
      )}
    </>
  )
}

const DeviceList = ({ label, devices, isOwn }: { label: string; devices: readonly Device[]; isOwn: boolean }) => {
  const words = useKeptDevicesWords()
  const [shown, setShown] = useState<number>(pageRows)
  return (
    <>
      <List label={label}>
        {devices.slice(0, shown).map((one) => (
          <DeviceRow key={one.device} one={one} isOwn={isOwn} />
        ))}
      </List>
      {devices.length > shown && (
        <Button tone="quiet" onClick={() => setShown((before) => before + pageRows)}>
          {words.more(Math.min(pageRows, devices.length - shown))}
        </Button>
      )}
    </>
  )
}

const DeviceRow = ({ one, isOwn }: { one: Device; isOwn: boolean }) => {
  const words = useKeptDevicesWords()
  const [leaving, setLeaving] = useState(false)
  const name = isOwn ? one.label : `${one.login} · ${one.label}`
  return (
    <li className="list-row" data-device={one.device}>
      <span className="list-words">
        <span className="list-title along">
          {name}
          {one.state !== 'active' && <Chip tone={one.state === 'wiped' ? 'quiet' : 'warning'}>{words.states[one.state]}</Chip>}
        </span>
        <span className="list-lines">{words.seen(formatInstant(one.lastSeenAt))}</span>
      </span>
      {one.state === 'active' && !leaving && (
        <Button small tone="danger" aria-label={words.revokeOf(name)} onClick={() => setLeaving(true)}>
          {words.revoke}
        </Button>
      )}
      {leaving && <RevokeForm device={one.device} name={name} isOwn={isOwn} onClose={() => setLeaving(false)} />}
    </li>
  )
}
