export { priceConstraints, type ConstraintPrice, type PriceList, type PriceOptions } from './price-constraints.ts'
