// The worker that takes messages where no other one is installed.

importScripts("push-events.js");
