import { useLiveState } from '../api/live.tsx'
import { useWords } from '../words/language.tsx'
import './live-chip.css'

/** Whether what is shown follows the server by itself: 实时, or 已断开 重连中. */
export const LiveChip = () => {
  const words = useWords()
  const state = useLiveState()
  return (
    <output className={`live-chip ${state}`}>
      <span aria-hidden="true">{state === 'on' ? '●' : '○'}</span> {words.live[state]}
    </output>
  )
}
