"""Pure words of the insight room: recordings, replay, forecasts."""
