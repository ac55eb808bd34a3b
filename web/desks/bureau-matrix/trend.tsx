import { useMatrixWords } from './words.ts'

type Month = { readonly month: string; readonly here: number; readonly elsewhere: number }

/** Cases by month as bars with their figures: a table, so that it can be read without seeing the bars. */
export const Trend = ({ months }: { months: readonly Month[] }) => {
  const words = useMatrixWords()
  const most = Math.max(1, ...months.map(({ here, elsewhere }) => here + elsewhere))
  const hasElsewhere = months.some(({ elsewhere }) => elsewhere > 0)
  return (
    <table className="matrix-trend">
      <thead>
        <tr>
          <th scope="col">{words.panel.month}</th>
          <th scope="col">{words.panel.here}</th>
          {hasElsewhere && <th scope="col">{words.panel.elsewhere}</th>}
        </tr>
      </thead>
      <tbody className="figures">
        {months.map(({ month, here, elsewhere }) => (
          <tr key={month}>
            <th scope="row">{month.slice(0, 7)}</th>
            <td>
              <span className="matrix-bar" style={{ inlineSize: `${(here / most) * 60}%` }} /> {here}
            </td>
            {hasElsewhere && (
              <td>
                <span className="matrix-bar elsewhere" style={{ inlineSize: `${(elsewhere / most) * 60}%` }} /> {elsewhere}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
