export type { Calculation, CalculationLine, DayOfWork } from '../resources/hours.ts'
