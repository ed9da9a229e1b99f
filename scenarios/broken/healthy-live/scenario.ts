import { liveScenario } from '../live-shop/live-scenario.ts'

/** Nothing is wrong here: a server that names its columns lives through the phase, and its rollback keeps what was written meanwhile. */
export default liveScenario('healthy-live', 'A server that lives through its phase')
