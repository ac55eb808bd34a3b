import { useRef, type Ref } from 'react'
import { useWords } from '../words/language.tsx'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { isComposing } from './use-keys.ts'
import './search-box.css'

/**
 * Finds while typing; Enter finds at once, but never while an input method is composing. A card reader or scanner
 * that types and ends with Enter works too. `onFind` gets the text of that moment.
 */
export const SearchBox = ({
  label,
  placeholder,
  value,
  onChange,
  onFind,
  inputRef,
}: {
  label: string
  placeholder?: string
  value: string
  onChange: (text: string) => void
  onFind?: (text: string) => void
  inputRef?: Ref<HTMLInputElement>
}) => {
  const words = useWords()
  const form = useRef<HTMLFormElement>(null)
  return (
    <search>
      <form
        ref={form}
        className="search-box"
        onSubmit={(event) => {
          event.preventDefault()
          onFind?.(value.trim())
        }}
      >
        <Icon name="search" />
        <input
          ref={inputRef}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          aria-label={label}
          placeholder={placeholder ?? label}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && isComposing(event.nativeEvent)) event.preventDefault()
          }}
        />
        {value !== '' && (
          <IconButton
            label={words.ui.clear}
            icon="cross"
            onClick={() => {
              onChange('')
              form.current?.querySelector('input')?.focus()
            }}
          />
        )}
      </form>
    </search>
  )
}
