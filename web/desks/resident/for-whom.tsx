import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { homeWords } from './home-words.ts'

/** Somebody for whom I may book: myself without an id, or a relative. `asked` is how a form names the person: not at all for oneself. */
export type Whom = { readonly id: string; readonly zh: string | null; readonly asked: { readonly person?: string } }

const myself: Whom = { id: '', zh: null, asked: {} }
type ForWhom = {
  readonly whom: Whom
  /** Everybody for whom I may book, myself first. */
  readonly all: readonly Whom[]
  readonly choose: (id: string) => void
}
const ForWhomContext = createContext<ForWhom>({ whom: myself, all: [myself], choose: () => {} })

/** For whom the resident's pages act: oneself until somebody else is chosen, then that one until the window is closed. */
export const useForWhom = (): ForWhom => useContext(ForWhomContext)

/** The choice is of this window and this account only: the next who signs in begins with oneself. */
const keyOf = (resident: string | null): string => `jieli-for-whom-${resident ?? ''}`

/** Persons for whom one acts as guardian or proxy. */
export const useRelatives = () => useApi('record-access.represented', {}, { follows: ['record-access'] })

export const ForWhomProvider = ({ children }: { children: ReactNode }) => {
  const { resident } = useActor()
  const { data } = useRelatives()
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(keyOf(resident)) ?? '')
  const value = useMemo((): ForWhom => {
    const all = [myself, ...(data?.persons ?? []).map(({ id, zh }): Whom => ({ id, zh, asked: { person: id } }))]
    const choose = (id: string): void => {
      sessionStorage.setItem(keyOf(resident), id)
      setChosen(id)
    }
    // Who may no longer be acted for is no longer chosen.
    return { whom: all.find(({ id }) => id === chosen) ?? myself, all, choose }
  }, [data, chosen, resident])
  return <ForWhomContext value={value}>{children}</ForWhomContext>
}

/** The name by which a person of the family is called on my pages. */
export const useNameOf = (): ((whom: Whom) => string) => {
  const { forWhom } = useWordsOf(homeWords)
  return ({ zh }) => zh ?? forWhom.self
}

/** Chooses for whom the page is, a visit where no label says otherwise; nothing for who acts for nobody else. */
export const ChooseWhom = ({ label }: { label?: string }) => {
  const { forWhom: words } = useWordsOf(homeWords)
  const nameOf = useNameOf()
  const { whom, all, choose } = useForWhom()
  if (all.length === 1) return null
  return (
    <RadioCards
      label={label ?? words.label}
      choices={all.map((one) => ({ value: one.id, label: nameOf(one) }))}
      value={whom.id}
      onChange={choose}
    />
  )
}

/** Says on each step for whom it is; nothing for who acts for nobody else. */
export const ForWhomLine = () => {
  const { forWhom: words } = useWordsOf(homeWords)
  const nameOf = useNameOf()
  const { whom, all } = useForWhom()
  return all.length === 1 ? null : <p className="for-whom-line">{words.line(nameOf(whom))}</p>
}
