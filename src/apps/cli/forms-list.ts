import type { AnyForm } from '../../platform/forms/form.ts'
import { CliRefusal } from './cli-refusal.ts'

/** Every command and query of the house, by name. Loading them takes a moment, so it is done only when they are asked for. */
const allForms = async (): Promise<ReadonlyMap<string, AnyForm>> => (await import('../api.ts')).formsByName()

/** A form by its name. @throws CliRefusal when there is none, with names that look alike. */
export const formNamed = async (name: string): Promise<AnyForm> => {
  const forms = await allForms()
  const found = forms.get(name)
  if (found) return found
  const word = name.split('.').at(-1) ?? name
  const alike = [...forms.keys()].filter((one) => one.includes(word) || one.split('.')[0] === name.split('.')[0]).slice(0, 12)
  const list = alike.length > 0 ? alike.join(', ') : '…'
  throw new CliRefusal({
    zh: `没有名为“${name}”的命令或查询。相近的有:${list}。全部见 npx jieli forms。`,
    en: `There is no command or query “${name}”. Alike: ${list}. All of them: npx jieli forms.`,
  })
}

/** The table of contents of the API, a line for each form. */
export const formsList = async (asJson: boolean): Promise<string> => {
  const forms = [...(await allForms()).values()].toSorted((one, other) => one.name.localeCompare(other.name))
  if (asJson) return JSON.stringify(forms.map(({ name, kind, by, basis, does }) => ({ name, kind, by, basis, ...does })))
  const width = Math.max(0, ...forms.map(({ name }) => name.length))
  return forms
    .map(
      ({ name, kind, does }) =>
        `${name.padEnd(width)}  ${kind === 'command' ? '命令 command' : '查询 query  '}  ${does.zh} ${does.en}`,
    )
    .join('\n')
}
