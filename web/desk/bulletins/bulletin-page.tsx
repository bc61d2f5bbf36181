export function BulletinPage() { return null }
