import { useWords } from '../words/language.tsx'
import './skeleton.css'

/** The outline of what is coming, for waits under a second or two. */
export const Skeleton = ({ lines = 3 }: { lines?: number }) => {
  const words = useWords()
  return (
    <output className="skeleton">
      <span className="unseen">{words.ui.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </output>
  )
}
