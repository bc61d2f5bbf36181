export function BulletinsPage() { return null }
