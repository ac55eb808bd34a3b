export type { Capacity, Free } from './capacity.ts'
export { openEngine, type Engine } from './engine.ts'
export { AREAS, ENGINE_CHANNELS, STRENGTHS } from './world.ts'
export type { Able, Alliance, Area, EngineChannel, FoundPlace, Need, Parts, Question, Singled, Site, World } from './world.ts'
