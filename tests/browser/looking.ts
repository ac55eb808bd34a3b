import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const HTML_SHOWN = 200

/** What axe finds on a page, each rule with the elements that break it; nothing on a sound one. */
export const axeFaults = async (page: Page): Promise<[rule: string, elements: string[]][]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, HTML_SHOWN))])
}
