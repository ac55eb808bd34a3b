import { DOCTOR_RANKS, type DoctorRank } from '../matrix.ts'

/** How high a rank stands; 0 is any doctor. */
export const heightOfRank = (rank: DoctorRank): number => DOCTOR_RANKS.indexOf(rank)

/** How high a title (职称) as it is entered stands: 主任, 副主任, 主治 医师, or any other. */
export const rankOfTitle = (title: string): number => {
  if (title.includes('副主任')) return heightOfRank('associate-chief')
  if (title.includes('主任')) return heightOfRank('chief')
  return heightOfRank(title.includes('主治') ? 'attending' : 'any')
}
