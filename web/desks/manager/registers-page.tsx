import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { groupOf, groups, registersFor } from './registers.ts'
import { useManagerWords } from './words.ts'

/** Every register that this role may read, by what it is about. */
export const RegistersPage = () => {
  const words = useManagerWords()
  const { role } = useActor()
  const names = registersFor(role)
  return (
    <Page title={words.places.registers} lead={words.registersLead}>
      <div className="register-groups">
        {groups
          .map((group) => ({ group, list: names.filter((name) => groupOf[name] === group) }))
          .filter(({ list }) => list.length > 0)
          .map(({ group, list }) => (
            <section key={group} className="stack tight">
              <h2>{words.groups[group]}</h2>
              <List label={words.groups[group]}>
                {list.map((name) => (
                  <LinkRow
                    key={name}
                    to={`/overview/registers/${name}`}
                    title={words.registers[name]}
                    lines={words.registerLines[name]}
                  />
                ))}
              </List>
            </section>
          ))}
      </div>
    </Page>
  )
}
