import type { FastifyInstance } from 'fastify'
import { isUuid } from '../../kernel/id.ts'
import { deviceStanding, noteDeviceWiped } from '../../modules/security/index.ts'
import type { House } from '../../platform/house.ts'
import { sendInputFaults } from '../../platform/http/app.ts'

const deviceOf = (values: unknown): string | null => {
  const device = typeof values === 'object' && values !== null && 'device' in values ? values.device : null
  return typeof device === 'string' && isUuid(device) ? device : null
}

/**
 * How a device stands, and its word that it is emptied: routes of their own, because a revoked device has no session any
 * more. Only the device, its owner and the administrator know its number; the answers say nothing about anybody.
 */
export const addDeviceRoutes = (app: FastifyInstance, house: House): void => {
  const fault = [{ path: 'device', zh: '应为设备编号。', en: 'A device’s number.' }]
  app.get('/api/security.device-standing', async (request, reply) => {
    const device = deviceOf(request.query)
    if (device === null) return sendInputFaults(house, reply, fault)
    return reply.header('cache-control', 'no-store').send({ state: await deviceStanding(house, device) })
  })
  app.post('/api/security.device-wiped', async (request, reply) => {
    const device = deviceOf(request.body)
    if (device === null) return sendInputFaults(house, reply, fault)
    await noteDeviceWiped(house, device)
    return {}
  })
}
