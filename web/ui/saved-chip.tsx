import type { QueuedCommand } from '../api/queue.ts'
import { useWords } from '../words/language.tsx'
import { Chip, type ChipTone } from './chip.tsx'
import type { IconName } from './icon.tsx'

const look: Record<QueuedCommand['state'], { tone: ChipTone; icon: IconName }> = {
  saved: { tone: 'warning', icon: 'device' },
  sent: { tone: 'good', icon: 'cloud' },
  failed: { tone: 'danger', icon: 'warning' },
}

/** Where one saved command stands: 已保存本机, 已上传 or 失败可重试. */
export const SavedChip = ({ state }: { state: QueuedCommand['state'] }) => {
  const words = useWords()
  return <Chip {...look[state]}>{words.outbox[state]}</Chip>
}
