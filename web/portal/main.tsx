import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../shared/base.css'
import { FrontPage } from './front-page.tsx'
import './portal.css'

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: 1 } } })

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <FrontPage />
    </QueryClientProvider>
  </StrictMode>,
)
