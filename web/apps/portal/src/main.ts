import { applyPreferences } from '@tiaojie/core'
import { createApp } from 'vue'
import App from './App.vue'
import { start } from './router'
import '@tiaojie/core/tokens.css'
import './base.css'

applyPreferences()
start()
createApp(App).mount('#app')

/* Something waits on this device: it is sent whatever page is opened. */
if (localStorage.getItem('tiaojie.waits')) void import('./waiting').then((w) => w.waitForMine()).catch(() => undefined)
