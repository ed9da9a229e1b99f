import { apiScenario } from '../shop-api/api-scenario.ts'

/** Nothing is wrong here: what the broken scenarios of the API fail by is shown to pass as well. */
export default apiScenario('healthy-api', 'The shop answers as it says')
