"""The tests: the rules hold, the built pages, the browser, journeys, permanence, every message provoked by a break."""
