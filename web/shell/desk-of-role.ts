import type { Role } from '../api/api-types.ts'

export type DeskPath = '/village' | '/desk' | '/me' | '/overview' | '/pharmacy'

const deskOfRole: Record<Role, DeskPath> = {
  resident: '/me',
  'village-doctor': '/village',
  'family-doctor': '/village',
  'referral-desk': '/desk',
  ward: '/desk',
  pharmacist: '/pharmacy',
  'consortium-manager': '/overview',
  insurer: '/overview',
  'health-bureau': '/overview',
  administrator: '/overview',
}

/** The desk where this role works. */
export const deskOf = (role: Role): DeskPath => deskOfRole[role]

/** Whether an address lies inside a desk: `/village` and `/village/today`, not `/villages`. */
export const isInside = (desk: DeskPath, path: string): boolean => path === desk || path.startsWith(`${desk}/`)
