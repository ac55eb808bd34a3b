import { call } from '../../api/client.ts'

/**
 * Starts a registered app for a person in a window of its own: it learns by `launch` for whom, once the person who pressed lets it in, and
 * what the adviser hands to it.
 */
export const openApp = async (client: string, person: string, appContext: string | null = null): Promise<void> => {
  // The window is opened by the press itself, before anything is waited for, or the browser would hold it back.
  const tab = globalThis.open('about:blank', '_blank')
  if (tab) tab.opener = null
  try {
    const { launch, url } = await call('smart.launch', { client, person, appContext })
    const address = new URL(url)
    address.searchParams.set('iss', `${globalThis.location.origin}/fhir/R4`)
    address.searchParams.set('launch', launch)
    if (tab) tab.location.href = address.href
    else globalThis.location.assign(address.href)
  } catch (thrown) {
    tab?.close()
    throw thrown
  }
}
