import { Button } from '../../ui/button.tsx'
import { ChannelIcon, channelKeys, type ChannelKey } from './channel-icon.tsx'
import './green-channel.css'
import { useGreenWords } from './words.ts'

/** The call comes first: an ambulance is on its way while the rest is filled in. */
export const Call120 = () => {
  const words = useGreenWords()
  return (
    <a className="button danger call-120" href="tel:120">
      {words.start.call}
    </a>
  )
}

/** The five channels as large buttons, and everything else as one more. */
export const ChannelButtons = ({
  chosen,
  onChoose,
}: {
  chosen: ChannelKey | 'other' | null
  onChoose: (channel: ChannelKey | 'other') => void
}) => {
  const words = useGreenWords()
  return (
    <div className="channel-buttons">
      {channelKeys.map((channel) => (
        <Button
          key={channel}
          className="channel-button"
          aria-pressed={chosen === channel}
          tone={chosen === channel ? 'primary' : 'plain'}
          onClick={() => onChoose(channel)}
        >
          <ChannelIcon channel={channel} />
          <span>{words.channels[channel]}</span>
        </Button>
      ))}
      <Button
        className="channel-button"
        aria-pressed={chosen === 'other'}
        tone={chosen === 'other' ? 'primary' : 'plain'}
        onClick={() => onChoose('other')}
      >
        {words.start.other}
      </Button>
    </div>
  )
}
