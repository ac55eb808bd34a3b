/** What to bring, one thing a line, each with a word of help. */
export const BringList = ({ title, things }: { title: string; things: readonly (readonly [thing: string, help: string])[] }) => (
  <div className="stack tight">
    <h3>{title}</h3>
    <ul className="bring-list">
      {things.map(([thing, help]) => (
        <li key={thing}>
          <strong>{thing}</strong>
          <span className="soft small"> {help}</span>
        </li>
      ))}
    </ul>
  </div>
)
